/** A design is 750rpx wide on every phone, so 7.5rpx are one hundredth of the width. */
const RPX_PER_VW = 7.5

/** Rewrites the rpx lengths of a CSS value; the phone's screen is a viewport of its own, so vw is right on a wide page too. */
export function rpxToVw(value) {
  return value.replace(/(-?)(\d+\.?\d*|\.\d+)rpx\b/g, (_, sign, number) => `${sign}${roundUp(Number(number) / RPX_PER_VW)}vw`)
}

/** To five digits. Up, because browsers cut lengths to 1/64 px: 49.99999 px would be 49.984 px. */
function roundUp(number) {
  return Math.ceil(Number((number * 1e5).toFixed(4))) / 1e5
}
