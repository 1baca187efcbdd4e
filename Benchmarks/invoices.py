"""Invoices as the tax bureau's platform gives them out: one XML of about 4 KB each."""

from pathlib import Path

PER_MALL = 50
"""One invoice for so many rows of the other cases: 20,000 at a million."""

ITEM = """    <IssuItemInformation>
      <ItemName>*物业管理服务*{item}</ItemName>
      <SpecMod></SpecMod>
      <MeaUnits>月</MeaUnits>
      <Quantity>{quantity}</Quantity>
      <UnPrice>{price}.00</UnPrice>
      <Amount>{net}.00</Amount>
      <TaxRate>0.06</TaxRate>
      <ComTaxAm>{tax}</ComTaxAm>
      <TotaltaxIncludedAmount>{gross}</TotaltaxIncludedAmount>
      <TaxClassificationCode>3040801010000000000</TaxClassificationCode>
    </IssuItemInformation>
"""

PAGE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<EInvoice>
  <Header>
    <EIid>{number}</EIid>
    <EInvoiceTag>SWEI3300</EInvoiceTag>
    <Version>0.33</Version>
    <InherentLabel>
      <InIssuType><LabelCode>Y</LabelCode><LabelName>是否蓝字发票标志</LabelName></InIssuType>
      <EInvoiceType><LabelCode>01</LabelCode><LabelName>电子发票</LabelName></EInvoiceType>
      <GeneralOrSpecialVAT><LabelCode>01</LabelCode><LabelName>增值税专用发票</LabelName></GeneralOrSpecialVAT>
      <TaxpayerType><LabelCode>1</LabelCode><LabelName>一般纳税人</LabelName></TaxpayerType>
    </InherentLabel>
    <UndefinedLabel>
      <Label><LabelType>发票开具方式标签</LabelType><LabelCode>1</LabelCode><LabelName>网页开票</LabelName></Label>
    </UndefinedLabel>
  </Header>
  <EInvoiceData>
    <SellerInformation>
      <SellerIdNum>91330000142942095H</SellerIdNum>
      <SellerName>示例物业服务有限公司</SellerName>
      <SellerAddr>浙江省杭州市西湖区文三路100号</SellerAddr>
      <SellerTelNum>0571-88880002</SellerTelNum>
      <SellerBankName>示例银行杭州分行</SellerBankName>
      <SellerBankAccNum>1202000000002002</SellerBankAccNum>
    </SellerInformation>
    <BuyerInformation>
      <BuyerIdNum>91330106MACKX4QG41</BuyerIdNum>
      <BuyerName>示例置业有限公司</BuyerName>
      <BuyerAddr></BuyerAddr>
      <BuyerTelNum></BuyerTelNum>
    </BuyerInformation>
    <BasicInformation>
      <TotalAmWithoutTax>{net}.00</TotalAmWithoutTax>
      <TotalTaxAm>{tax}</TotalTaxAm>
      <TotalTax-includedAmount>{gross}</TotalTax-includedAmount>
      <Drawer>示例</Drawer>
      <RequestTime>2026-{month:02d}-15 10:11:12</RequestTime>
    </BasicInformation>
{items}    <SpecificInformation/>
    <AdditionalInformation>
      <Remark>费用期间 2026-{month:02d}，合同 HT-{index}</Remark>
    </AdditionalInformation>
  </EInvoiceData>
  <SellerAuthentication><AuthenticationMethods>01</AuthenticationMethods></SellerAuthentication>
  <TaxSupervisionInfo>
    <InvoiceNumber>{number}</InvoiceNumber>
    <IssueTime>2026-{month:02d}-15</IssueTime>
    <TaxBureauCode>13300000000</TaxBureauCode>
    <TaxBureauName>国家税务总局浙江省税务局</TaxBureauName>
  </TaxSupervisionInfo>
</EInvoice>
"""


def cents(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


def page(index: int) -> str:
    """Three lines whose amounts agree: a file that no rule finds anything in."""
    items, net = "", 0
    for line in range(3):
        quantity, price = line + 1, 100 + (index * 7 + line * 31) % 900
        amount = quantity * price
        items += ITEM.format(
            item=f"物业费{line + 1}",
            quantity=quantity,
            price=price,
            net=amount,
            tax=cents(amount * 6),
            gross=cents(amount * 106),
        )
        net += amount
    return PAGE.format(
        number=f"26332{index:015d}",
        month=index % 10 + 1,
        index=index,
        net=net,
        tax=cents(net * 6),
        gross=cents(net * 106),
        items=items,
    )


def write(folder: Path, count: int) -> Path:
    folder.mkdir()
    for index in range(1, count + 1):
        (folder / f"{index:06d}.xml").write_text(page(index), encoding="utf-8")
    return folder
