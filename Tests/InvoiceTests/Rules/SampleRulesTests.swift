import Shared
import TestSupport
import Testing

@testable import boms_invoice

/// What the rules find in every sample, where the samples are at hand.
@Suite(.enabled(if: Reading.samples != nil))
struct SampleRulesTests {
  static let expected: [(file: String, rules: Set<String>, isRejected: Bool)] = [
    ("composed_bad_doctype_entity.xml", ["invoice.internal-subset"], true),
    ("composed_bad_empty.xml", ["invoice.file-empty"], true),
    ("composed_bad_not_invoice.xml", ["invoice.dialect-known"], true),
    ("composed_bad_number_19digits.xml", ["invoice.number-form"], true),
    ("composed_bad_total_mismatch.xml", ["invoice.net-plus-tax"], true),
    ("composed_bad_truncated.xml", ["invoice.xml-form"], true),
    ("composed_two_invoices_one_file.xml", ["invoice.one-per-file"], true),
    ("dialect_pinyin_synthetic.xml", ["invoice.dialect-known"], true),
    ("composed_blue_partially_reversed_origin.xml", [], false),
    ("composed_blue_rent_special_9pct.xml", [], false),
    ("composed_discount_line_pair.xml", [], false),
    ("composed_enc_gbk_but_declares_utf8.xml", ["invoice.encoding"], false),
    ("composed_enc_gbk_declared.xml", [], false),
    ("composed_enc_utf8_bom.xml", [], false),
    ("composed_exempt_miansui_stars.xml", [], false),
    ("composed_line_tax_sum_off_1cent_vs_header.xml", ["invoice.lines-sum"], false),
    ("composed_many_small_lines.xml", [], false),
    ("composed_red_full_for_rent.xml", [], false),
    ("composed_red_partial_allowance.xml", [], false),
    ("einv_jd_individual_buyer_v0.2_leadingNewline.xml", ["invoice.required"], false),
    ("einv_official_gd_special_v0.2.xml", [], false),
    ("einv_red_minimal_erpnext.xml", ["invoice.required"], false),
    ("einv_taxi_js_v0.32_discount_negline_emptylabels.xml", ["invoice.required"], false),
    ("einv_toll_zj_v0.32.xml", ["invoice.required"], false),
    ("ofd_shudian_2024_bj.ofd", [], false),
    ("ofdattach_old_vat_2020_suwell_original_invoice.xml", [], false),
    ("xbrl_einv_official_ordinary.xml", ["invoice.required"], false),
    ("xbrl_einv_official_special.xml", [], false),
  ]

  @Test(arguments: expected.map(\.file))
  func aSampleIsTakenInOrRejectedForWhatIsWrongWithIt(file: String) throws {
    let wanted = try #require(SampleRulesTests.expected.first { $0.file == file })
    let samples = try #require(Reading.samples)
    var findings: [InvoiceFinding] = []
    try InvoiceSources().each(in: ["\(samples)/\(file)"]) { source in
      guard case .bytes(let bytes) = source.content else { return }
      let reading = InvoiceReader().read(bytes, name: file)
      findings += reading.findings
      if let text = reading.text {
        findings += InvoiceCheck.run(text, InvoiceSetting(asOf: "2026-11-29")).findings
      }
    }
    #expect(Set(findings.map(\.rule)) == wanted.rules)
    #expect(findings.isRejecting == wanted.isRejected)
  }
}
