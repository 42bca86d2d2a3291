package importer

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// slipOf reads a root element of either published kind: EInvoice (数电) or the eInvoice of 2019 that OFD files carry.
func slipOf(root *node) (slip, error) {
	var s slip
	switch {
	case root.name == "EInvoice" && len(root.at("EInvoiceData").kids) > 0:
		s = digital(root)
	case strings.EqualFold(root.name, "eInvoice") && root.at("InvoiceNo").name != "":
		s = edition2019(root)
	default:
		return s, survey.Fail(survey.CodeFileKind, opInvoice, "这个 XML 不是电子发票（根元素应为 EInvoice）")
	}
	if len(s.lines) > MaxInvoiceLines {
		return s, survey.Fail(survey.CodeFileTooBig, opInvoice, "一张发票超过 %d 行", MaxInvoiceLines)
	}
	return s, nil
}

// digital reads the 数电 XML of the tax bureau; the element names are its own, spelling mistakes included.
func digital(root *node) slip {
	data, tax := root.at("EInvoiceData"), root.at("TaxSupervisionInfo")
	sum := data.at("BasicInformation")
	id := root.at("Header", "EIid").text
	s := slip{
		number: first(tax.at("InvoiceNumber").text, id), id: id,
		date:   first(tax.at("IssueTime").text, sum.at("RequestTime").text),
		seller: data.at("SellerInformation", "SellerName").text,
		buyer:  data.at("BuyerInformation", "BuyerName").text, buyerCode: data.at("BuyerInformation", "BuyerIdNum").text,
		net: sum.at("TotalAmWithoutTax").text, tax: sum.at("TotalTaxAm").text, gross: sum.at("TotalTax-includedAmount").text,
		capital: sum.at("TotalTax-includedAmountInChinese").text,
		red:     root.at("Header", "InherentLabel", "InIssuType", "LabelCode").text == "N" || data.at("SpecificInformation", "RedEInvoice").name != "",
	}
	if root.at("SpecificInformation", "RedEInvoice").name != "" {
		s.red = true
	}
	for _, k := range data.all("IssuItemInformation") {
		s.lines = append(s.lines, slipLine{
			item: k.at("ItemName").text, net: k.at("Amount").text, tax: k.at("ComTaxAm").text,
			gross: first(k.at("TotaltaxIncludedAmount").text, k.at("TotalTaxIncludedAmount").text),
		})
	}
	return s
}

// edition2019 reads the eInvoice that 税控 OFD files carry as an attachment (http://www.edrm.org.cn/schema/e-invoice/2019).
func edition2019(root *node) slip {
	s := slip{
		code: root.at("InvoiceCode").text, number: root.at("InvoiceNo").text, date: root.at("IssueDate").text,
		seller: root.at("Seller", "SellerName").text,
		buyer:  root.at("Buyer", "BuyerName").text, buyerCode: root.at("Buyer", "BuyerTaxID").text,
		net: root.at("TaxExclusiveTotalAmount").text, tax: root.at("TaxTotalAmount").text, gross: root.at("TaxInclusiveTotalAmount").text,
	}
	for _, k := range root.at("GoodsInfos").all("GoodsInfo") {
		s.lines = append(s.lines, slipLine{item: k.at("Item").text, net: k.at("Amount").text, tax: k.at("TaxAmount").text})
	}
	return s
}
