import Testing

@testable import boms_invoice

/// An address falls into district and rest where the tax bureau's list has the district.
struct TaxAddressTests {
  @Test(arguments: [
    ("浙江省杭州市西湖区文三路100号", "浙江省杭州市西湖区", "文三路100号", "浙江省杭州市"),
    ("北京市朝阳区建国路1号", "北京市朝阳区", "建国路1号", "北京市"),
    ("上海市浦东新区世纪大道8号", "上海市浦东新区", "世纪大道8号", "上海市"),
    ("湖北省武汉市东西湖区金银湖路9号", "湖北省武汉市东西湖区", "金银湖路9号", "湖北省武汉市"),
    // A city inside the name of a district, a road's word in the name of a county.
    ("新疆维吾尔自治区乌鲁木齐市新市区北京南路3号", "新疆维吾尔自治区乌鲁木齐市新市区", "北京南路3号", "新疆维吾尔自治区乌鲁木齐市"),
    ("河南省新乡市辉县市共城大道2号", "河南省新乡市辉县市", "共城大道2号", "河南省新乡市"),
    ("江苏省镇江市句容市华阳街5号", "江苏省镇江市句容市", "华阳街5号", "江苏省镇江市"),
    ("黑龙江省大庆市让胡路区西宾路7号", "黑龙江省大庆市让胡路区", "西宾路7号", "黑龙江省大庆市"),
    ("青海省海西蒙古族藏族自治州德令哈市柴达木路1号", "青海省海西蒙古族藏族自治州德令哈市", "柴达木路1号", "青海省海西蒙古族藏族自治州"),
    ("内蒙古自治区锡林郭勒盟苏尼特左旗满都拉图镇", "内蒙古自治区锡林郭勒盟苏尼特左旗", "满都拉图镇", "内蒙古自治区锡林郭勒盟"),
    // A city without districts.
    ("湖北省仙桃市沔街大道1号", "湖北省仙桃市", "沔街大道1号", "湖北省仙桃市"),
    (" 浙江省 杭州市 西湖区 文三路 100号", "浙江省杭州市西湖区", "文三路100号", "浙江省杭州市"),
  ])
  func anAddressBeginsWithItsDistrict(
    text: String, region: String, detail: String, city: String
  ) {
    let address = TaxAddress(text)
    #expect(address.region == region)
    #expect(address.detail == detail)
    #expect(address.city == city)
    #expect(address.isRegionComplete)
    #expect(address.namesRoad)
  }

  @Test(arguments: ["杭州市西湖区文三路100号", "文三路100号", "", "浙江省文三路100号"])
  func aDistrictWithoutProvinceOrCityIsNotComplete(text: String) {
    #expect(!TaxAddress(text).isRegionComplete)
  }

  @Test func aRestWithoutStreetOrNumberNamesNoRoad() {
    #expect(!TaxAddress("浙江省杭州市西湖区星河城").namesRoad)
    #expect(TaxAddress("浙江省杭州市西湖区星河城A座1号").namesRoad)
  }
}
