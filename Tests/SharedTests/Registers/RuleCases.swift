/// The table of cases; a test holds that every rule is in it.
let cases: [RuleCase] = [
  RuleCase(
    "company.credit-code",
    good: ["credit_code": "91330000142942095H"], bad: ["credit_code": "91330000142942095A"],
    "credit_code", "the 18th character should be 'H'"),
  RuleCase(
    "property.billing-from",
    good: ["billing_from": "2026-09-01"], bad: ["billing_from": "0206-09-01"],
    "billing_from", "hardly meant"),
  RuleCase(
    "unit.inner-area",
    good: ["area_m2": "100", "inner_area_m2": "100"],
    bad: ["area_m2": "100", "inner_area_m2": "100.01"],
    "inner_area_m2", "'100.01' is larger than area_m2 '100'"),
  RuleCase(
    "tenant.credit-code",
    good: ["credit_code": "91330106MA2B0CDE1X"], bad: ["credit_code": "91330106MA2BOCDE1X"],
    "credit_code", "character 13 of credit_code"),
  RuleCase(
    "tenant.credit-code",
    good: [:], bad: ["credit_code": "9133010"], "credit_code", "has 7 characters, not 18"),
  RuleCase(
    "tenant.invoice-tax-no",
    good: ["invoice_tax_no": "91330106MA2B0CDE1X"], bad: ["invoice_tax_no": "91330106MA2B0CDE19"],
    "invoice_tax_no", "the 18th character should be 'X'"),
  RuleCase(
    "tenant.id-no",
    good: ["kind": "person", "id_no": "330106199003071236"],
    bad: ["kind": "person", "id_no": "330106199003071237"], "id_no", "check digit of"),
  RuleCase(
    "tenant.id-no",
    good: ["kind": "person", "id_no": "E12345678"],
    bad: ["kind": "person", "id_no": "110105194912310021"], "id_no", "compare it"),
  RuleCase(
    "tenant.email", good: ["email": "a.b@mail.example.com"], bad: ["email": "a@b@example.com"],
    "email", "is not an address"),
  RuleCase(
    "tenant.invoice-email", good: ["invoice_email": "a@example.com"],
    bad: ["invoice_email": "a@example"], "invoice_email", "such as 'a@example.com'"),
  RuleCase(
    "fee_item.tax-rate", good: ["tax_rate": "1"], bad: ["tax_rate": "1.000001"],
    "tax_rate", "must be from 0 to 1"),
  RuleCase(
    "fee_item.untaxed-kind",
    good: ["kind": "pass_through", "tax_rate": "0"], bad: ["kind": "deposit", "tax_rate": "0.06"],
    "tax_rate", "kind 'deposit' cannot have tax_rate '0.06'"),
  RuleCase(
    "fee_item.tax-code", good: ["tax_code": "3040502020400000000"],
    bad: ["tax_code": "30405020204"], "tax_code", "19 digits"),
  RuleCase(
    "tax_rate.tax-rate", good: ["tax_rate": "0"], bad: ["tax_rate": "-0.01"],
    "tax_rate", "'-0.01' must be from 0 to 1"),
  RuleCase(
    "tax_rate.tax-code", good: ["tax_code": "3040502020400000000"],
    bad: ["tax_code": "304050202040000000X"], "tax_code", "19 digits"),
  RuleCase(
    "contract.dates",
    good: ["start_on": "2026-01-01", "end_on": "2026-01-01"],
    bad: ["start_on": "2026-01-02", "end_on": "2026-01-01"],
    "start_on", "start_on '2026-01-02' is after end_on '2026-01-01'"),
  RuleCase(
    "contract.terminated",
    good: ["start_on": "2026-01-01", "terminated_on": "2026-01-01"],
    bad: ["start_on": "2026-01-01", "terminated_on": "2025-12-31"],
    "terminated_on", "is before start_on"),
  RuleCase(
    "contract.terminated-late",
    good: ["end_on": "2026-12-31", "terminated_on": "2026-12-31"],
    bad: ["end_on": "2026-12-31", "terminated_on": "2027-01-01"],
    "terminated_on", "the contract ends on end_on"),
  RuleCase(
    "contract.signed",
    good: ["signed_on": "2026-02-01", "start_on": "2026-01-01", "end_on": "2026-12-31"],
    bad: ["signed_on": "2027-02-01", "start_on": "2026-01-01", "end_on": "2026-12-31"],
    "signed_on", "year of signed_on"),
  RuleCase(
    "contract.handover",
    good: ["handover_on": "2025-12-01", "start_on": "2026-01-01", "end_on": "2026-12-31"],
    bad: ["handover_on": "2027-12-01", "start_on": "2026-01-01", "end_on": "2026-12-31"],
    "handover_on", "is after end_on"),
  RuleCase(
    "contract.previous",
    good: ["contract_no": "C-2", "previous_contract_no": "C-1"],
    bad: ["contract_no": "C-1", "previous_contract_no": "C-1"],
    "previous_contract_no", "'C-1' names itself"),
  RuleCase(
    "contract.twenty-years",
    good: ["start_on": "2026-01-15", "end_on": "2046-01-14"],
    bad: ["start_on": "2026-01-15", "end_on": "2046-01-15"],
    "end_on", "longer than twenty years"),
  RuleCase(
    "contract_unit.dates",
    good: ["from_on": "2026-01-01"], bad: ["from_on": "2026-01-02", "to_on": "2026-01-01"],
    "from_on", "an empty to_on means that there is no end"),
  RuleCase(
    "charge_term.price",
    good: ["method": "metered"], bad: ["method": "area", "per": "day"],
    "price", "method 'area' needs a price"),
  RuleCase(
    "charge_term.price",
    good: ["method": "turnover", "percent": "8"], bad: ["method": "once", "on": "2026-01-01"],
    "price", "give the amount"),
  RuleCase(
    "charge_term.per",
    good: ["method": "once", "price": "9"], bad: ["method": "fixed", "price": "9"],
    "per", "method 'fixed' needs per"),
  RuleCase(
    "charge_term.per",
    good: ["method": "turnover"], bad: ["method": "turnover", "price": "9"],
    "per", "a guarantee needs per"),
  RuleCase(
    "charge_term.guarantee-basis",
    good: ["method": "turnover", "price": "9", "per": "day", "guarantee_basis": "area"],
    bad: ["method": "turnover", "price": "9", "per": "day"],
    "guarantee_basis", "a guarantee needs guarantee_basis"),
  RuleCase(
    "charge_term.negative-price",
    good: ["method": "fixed", "price": "-9"], bad: ["method": "area", "price": "-9"],
    "price", "price '-9' of method 'area' is negative"),
  RuleCase(
    "charge_term.rebate",
    good: ["method": "once", "price": "9"], bad: ["method": "once", "price": "-9"],
    "price", "a rebate"),
  RuleCase(
    "charge_term.percent",
    good: ["method": "turnover", "percent": "100"], bad: ["method": "turnover", "percent": "120"],
    "percent", "percent '120' must be from 0 to 100"),
  RuleCase(
    "charge_term.turnover-anchor",
    good: ["method": "turnover"], bad: ["method": "turnover", "anchor": "start"],
    "anchor", "use calendar"),
  RuleCase(
    "charge_term.once-day",
    good: ["method": "once", "on": "2026-01-01"], bad: ["method": "once"],
    "on", "'once' has no day"),
  RuleCase(
    "charge_term.unused-field",
    good: [
      "method": "metered", "price_places": "2", "timing": "arrears", "due_days": "10",
      "unit_no": "A-1", "first_due_on": "2026-01-01",
    ],
    bad: ["method": "metered", "price": "9", "anchor": "start"],
    "price", "method 'metered' does not use price, anchor"),
  RuleCase(
    "charge_term.unused-field",
    good: ["method": "turnover", "true_up": "year"], bad: ["method": "area", "true_up": "year"],
    "true_up", "leave true_up empty"),
  RuleCase(
    "charge_term.unused-field",
    good: ["method": "once", "on": "2026-01-01"], bad: ["method": "once", "per": "month"],
    "per", "leave per empty"),
  RuleCase(
    "charge_term.cycle-months",
    good: ["cycle_months": "6"], bad: ["cycle_months": "4"],
    "cycle_months", "cycle_months '4' must be 1, 2, 3, 6 or 12"),
  RuleCase(
    "charge_term.due",
    good: ["due_days": "0"], bad: ["due_day": "5", "due_days": "0"],
    "due_days", "due_day '5' and due_days '0' are both given"),
  RuleCase(
    "charge_term.due-month",
    good: ["due_day": "25", "due_month": "previous"],
    bad: ["due_days": "5", "due_month": "previous"], "due_month", "add due_day"),
  RuleCase(
    "charge_term.escalation-pair",
    good: ["escalate_percent": "5", "escalate_months": "12"], bad: ["escalate_percent": "5"],
    "escalate_months", "escalate_percent is given without escalate_months"),
  RuleCase(
    "charge_term.escalation-pair",
    good: [:], bad: ["escalate_months": "12"],
    "escalate_percent", "escalate_months is given without escalate_percent"),
  RuleCase(
    "charge_term.escalation",
    good: ["escalate_percent": "-99.9"], bad: ["escalate_percent": "-100"],
    "escalate_percent", "must be above -100"),
  RuleCase(
    "charge_term.tax-rate", good: ["tax_rate": "0.09"], bad: ["tax_rate": "9"],
    "tax_rate", "write 9 percent as 0.09 or 9%"),
  RuleCase(
    "charge_term.dates",
    good: ["from_on": "2026-01-01", "to_on": "2026-01-01"],
    bad: ["from_on": "2026-01-02", "to_on": "2026-01-01"], "from_on", "is after to_on"),
  RuleCase(
    "rent_free.dates",
    good: ["from_on": "2026-01-01", "to_on": "2026-01-01"],
    bad: ["from_on": "2026-01-02", "to_on": "2026-01-01"], "from_on", "is after to_on"),
  RuleCase(
    "rent_free.percent", good: ["percent": "0.5"], bad: ["percent": "0"],
    "percent", "must be above 0 and at most 100"),
  RuleCase(
    "opening_balance.amount",
    good: ["kind": "straight_line", "amount": "-5.00"],
    bad: ["kind": "prepaid", "amount": "-5.00"],
    "amount", "amount '-5.00' must be above zero"),
  RuleCase(
    "meter_install.dates",
    good: ["from_on": "2026-01-01", "to_on": "2026-01-01"],
    bad: ["from_on": "2026-01-02", "to_on": "2026-01-01"], "from_on", "is after to_on"),
  RuleCase(
    "share_pool.amount", good: ["amount": "-0.01"], bad: ["amount": "0"],
    "amount", "should not be zero"),
  RuleCase(
    "share_pool.period", good: ["period": "2026-09"], bad: ["period": "0206-09"],
    "period", "hardly meant"),
  RuleCase(
    "share_pool.own-area",
    good: ["basis": "area", "own_area_m2": "10"], bad: ["basis": "equal", "own_area_m2": "10"],
    "own_area_m2", "is not used"),
  RuleCase(
    "turnover.negative", good: ["amount": "0"], bad: ["amount": "-0.01"],
    "amount", "amount '-0.01' should not be negative"),
  RuleCase(
    "turnover.reported-on",
    good: ["month": "2026-02", "reported_on": "2026-02-01"],
    bad: ["month": "2026-02", "reported_on": "2026-01-31"], "reported_on", "before it began"),
  RuleCase(
    "turnover_tier.percent", good: ["percent": "0"], bad: ["percent": "-1"],
    "percent", "must be from 0 to 100"),
  RuleCase(
    "late_fee_rule.rate", good: ["rate_permille": "0"], bad: ["rate_permille": "-0.5"],
    "rate_permille", "must be from 0 to 1000"),
  RuleCase(
    "late_fee_rule.high-rate", good: ["rate_permille": "5"], bad: ["rate_permille": "5.1"],
    "rate_permille", "'5.1' should be at most 5‰ a day"),
  RuleCase(
    "late_fee_rule.cap", good: ["cap_percent": "100"], bad: ["cap_percent": "0"],
    "cap_percent", "must be above 0"),
  RuleCase(
    "payment.amount", good: ["amount": "5.00"], bad: ["amount": "-5"],
    "amount", "amount '-5.00' must be above zero"),
  RuleCase(
    "purchase.amount", good: ["amount": "-5.00"], bad: ["amount": "0"],
    "amount", "must not be zero"),
  RuleCase(
    "purchase.credit-code", good: ["supplier_tax_no": "91330106MACKX4QG41"],
    bad: ["supplier_tax_no": "91330106MACKX4QG42"], "supplier_tax_no", "does not match"),
  RuleCase(
    "payment_line.amount", good: ["amount": "5.00"], bad: ["amount": "0"],
    "amount", "must be above zero"),
  RuleCase(
    "account.role", good: ["role": "revenue_rent"], bad: ["role": "revenue"], "role",
    "the roles are bank, receivable, "),
  RuleCase(
    "asset.in-service",
    good: ["acquired_on": "2026-01-03", "in_service_on": "2026-01-03"],
    bad: ["acquired_on": "2026-01-03", "in_service_on": "2026-01-02"],
    "acquired_on", "is after in_service_on '2026-01-02'"),
  RuleCase(
    "asset.salvage-twice", good: ["cost": "100", "salvage": "5"],
    bad: ["cost": "100", "salvage": "5", "salvage_percent": "5"],
    "salvage_percent", "keep one of the two"),
  RuleCase(
    "asset.salvage", good: ["cost": "100", "salvage": "100"],
    bad: ["cost": "100", "salvage": "100.01"],
    "salvage", "salvage '100.01' is above cost '100.00'"),
  RuleCase(
    "asset.salvage-percent", good: ["salvage_percent": "100"], bad: ["salvage_percent": "100.5"],
    "salvage_percent", "must be from 0 to 100"),
  RuleCase(
    "asset.life", good: ["method": "none"], bad: ["method": "straight_line"],
    "life_months", "method 'straight_line' needs life_months"),
  RuleCase(
    "asset.tax-life", good: ["kind": "fixed", "category": "电子设备", "life_months": "36"],
    bad: ["kind": "fixed", "category": "电子设备", "life_months": "35"],
    "life_months", "it is at least 22"),
  RuleCase(
    "asset.whole-years", good: ["method": "sum_of_years", "life_months": "60"],
    bad: ["method": "double_declining", "life_months": "61"],
    "life_months", "'61' is not a number of whole years"),
  RuleCase(
    "asset.total-units", good: ["method": "units", "life_months": "60", "total_units": "1"],
    bad: ["method": "units", "life_months": "60"], "total_units", "needs total_units"),
  RuleCase(
    "asset.opening-months",
    good: [
      "method": "straight_line", "life_months": "60", "opening_months": "1",
      "opening_accumulated": "5",
    ],
    bad: ["method": "straight_line", "life_months": "60", "opening_accumulated": "5"],
    "opening_months", "how many months the old books charged"),
  RuleCase(
    "asset.opening-life", good: ["life_months": "12", "opening_months": "12"],
    bad: ["life_months": "12", "opening_months": "13"],
    "opening_months", "'13' is above life_months '12'"),
  RuleCase(
    "asset.opening-value",
    good: ["cost": "10", "opening_accumulated": "6", "opening_impairment": "4"],
    bad: ["cost": "10", "opening_accumulated": "6", "opening_impairment": "4.01"],
    "opening_accumulated", "are more than cost '10.00'"),
  RuleCase(
    "asset_event.amount", good: ["kind": "impair", "amount": "1"],
    bad: ["kind": "improve", "amount": "0"], "amount", "kind 'improve' needs amount"),
  RuleCase(
    "asset_event.estimate", good: ["kind": "re_estimate", "salvage": "0"],
    bad: ["kind": "re_estimate"], "life_months", "needs one of life_months, salvage, method"),
  RuleCase(
    "asset_event.transfer", good: ["kind": "transfer", "location": "B"],
    bad: ["kind": "transfer"], "property_no", "where it goes or who has it"),
  RuleCase(
    "asset_event.found", good: ["kind": "count", "found": "no"], bad: ["kind": "count"],
    "found", "write yes or no"),
  RuleCase(
    "asset_event.way", good: ["kind": "dispose", "way": "sale"], bad: ["kind": "dispose"],
    "way", "sale, scrap, loss, damage or donate"),
  RuleCase(
    "asset_event.unused-field", good: ["kind": "impair", "amount": "1", "note": "x"],
    bad: ["kind": "impair", "amount": "1", "way": "sale"],
    "way", "kind 'impair' does not use way"),
  RuleCase(
    "obligation.remind-days", good: ["remind_days": "90;60;0"], bad: ["remind_days": "90;-60"],
    "remind_days", "such as '90;60;30'"),
  RuleCase(
    "reminder_rule.days", good: ["days": "-30;0;15"], bad: ["days": "-30;x"], "days",
    "'-30;x' are not days"),
  RuleCase(
    "reminder_rule.recipient", good: ["recipient": "tenant;owner;a@example.com"],
    bad: ["recipient": "manager"], "recipient", "nor an address for mail"),
  RuleCase(
    "reminder_rule.recipient", good: ["channel": "sms", "recipient": "13800000000"],
    bad: ["channel": "sms", "recipient": "boss"], "recipient", "nor an address for sms"),
  RuleCase(
    "reminder_rule.no-tenant", good: ["kind": "obligation", "recipient": "owner"],
    bad: ["kind": "obligation", "recipient": "owner;tenant"], "recipient", "concerns no tenant"),
  RuleCase(
    "contact.email", good: ["email": "a@example.com"], bad: ["email": "a@b@example.com"], "email",
    "is not an address"),
]
