package dev.minilogin.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.runtime.ObjectMethods;

/** What ArchUnit doesn't tell of a class file. */
final class Bytecode {
  private static final String OBJECT_METHODS = ObjectMethods.class.descriptorString();

  private Bytecode() {}

  /** Whether the compiler wrote a record's {@code toString}, which prints all components. */
  static boolean hasGeneratedToString(JavaClass record) {
    return read(record).methods().stream()
        .filter(method -> method.methodName().equalsString("toString"))
        .filter(method -> method.methodType().equalsString("()Ljava/lang/String;"))
        .anyMatch(Bytecode::isGenerated);
  }

  private static boolean isGenerated(MethodModel method) {
    return method.code().stream()
        .flatMap(code -> code.elementStream())
        .anyMatch(
            element ->
                element instanceof InvokeDynamicInstruction call
                    && call.bootstrapMethod().owner().descriptorString().equals(OBJECT_METHODS));
  }

  private static ClassModel read(JavaClass type) {
    try (InputStream file = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      return ClassFile.of().parse(file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the class file of " + type.getName(), e);
    }
  }
}
