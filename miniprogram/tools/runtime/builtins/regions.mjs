/**
 * A part of China's divisions for the region picker, with their codes (GB/T 2260) and post codes. WeChat has all of them.
 */
export const REGIONS = [
  province('北京市', '110000', [city('北京市', '110100', [['东城区', '110101', '100010'], ['海淀区', '110108', '100080']])]),
  province('上海市', '310000', [city('上海市', '310100', [['黄浦区', '310101', '200001'], ['浦东新区', '310115', '200120']])]),
  province('浙江省', '330000', [city('杭州市', '330100', [['西湖区', '330106', '310013'], ['滨江区', '330108', '310051']])]),
  province('广东省', '440000', [
    city('广州市', '440100', [['越秀区', '440104', '510030'], ['海珠区', '440105', '510220']]),
    city('深圳市', '440300', [['福田区', '440304', '518033'], ['南山区', '440305', '518052']]),
  ]),
  province('四川省', '510000', [city('成都市', '510100', [['锦江区', '510104', '610021'], ['武侯区', '510107', '610041']])]),
]

function province(name, code, children) {
  return { name, code, children }
}

function city(name, code, districts) {
  return { name, code, children: districts.map(([district, districtCode, postcode]) => ({ name: district, code: districtCode, postcode })) }
}
