package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// Without a name nothing is written; with one the report is a PDF and the log has both lines.
func TestAReportIsWrittenAfterTheConsent(t *testing.T) {
	data, files := sampleFolder(t)
	name := filepath.Join(files, "报告.pdf")
	wantCtl(t, data, 4, "诊断报告及其附件数据", "report", "--out", name)
	if _, err := os.Stat(name); err == nil {
		t.Fatal("written without a consent")
	}
	wantCtl(t, data, 0, "已写出", "report", "--out", name, "--agree", "张三")
	pdf, err := os.ReadFile(name)
	if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Fatalf("%d bytes: %v", len(pdf), err)
	}
	wantCtl(t, data, 0, "张三 同意", "audit", "list")
	other := filepath.Join(files, "别家.pdf")
	wantCtl(t, data, 0, "已写出", "report", "--case", filepath.Join(files, "企业资料.json"), "--out", other) // an exchange file has left already
}
