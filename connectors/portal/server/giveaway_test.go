package server

import (
	"bytes"
	"encoding/base64"
	"net/http/httptest"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// TestNamingADigestGivesNoRightToTheBytes: another computer that knows the digest of a paper, but not the paper, cannot get it by an upload
// in pieces.
func TestNamingADigestGivesNoRightToTheBytes(t *testing.T) {
	d := openDesk(t, false)
	store := d.Store.(*inbox.Store)
	if err := store.AddEnrolCode(t.Context(), "B", noon, noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := store.Enrol(t.Context(), "B", inbox.Device{ID: deviceB, Name: "别人的电脑"}, secretB, noon); err != nil {
		t.Fatal(err)
	}
	paper := bytes.Repeat([]byte("商业秘密"), 4096)
	digest := submit.Digest(paper)
	request := func(id, device string) submit.Sealed {
		return sample(t, func(s *submit.Submission) {
			s.ID, s.DeviceID = id, device
			s.Attachments = []submit.Blob{{Name: "合同.pdf", Role: "paper", SHA256: digest, Size: int64(len(paper)), Type: "application/pdf"}}
		})
	}
	put := func(sub submit.Sealed, as string) {
		if w := d.ask("PUT", portal.RevisionPath(sub.Submission.ID, 1), string(sub.Bytes), as, asJSON); w.Code != 200 {
			t.Fatalf("request: %d %s", w.Code, w.Body)
		}
	}
	const v1 = "Tus-Resumable: 1.0.0"
	upload := func(as string, content []byte) *httptest.ResponseRecorder {
		meta := "Upload-Metadata: sha256 " + base64.StdEncoding.EncodeToString([]byte(digest))
		w := d.ask("POST", "/v1/uploads", "", as, v1, "Upload-Length: "+strconv.Itoa(len(content)), meta)
		at, err := url.Parse(w.Header().Get("Location"))
		if w.Code != 201 || err != nil {
			t.Fatalf("begin: %d %s", w.Code, w.Body)
		}
		return d.ask("PATCH", at.Path, string(content), as, v1, "Upload-Offset: 0", "Content-Type: application/offset+octet-stream")
	}

	put(request(requestID, deviceA), asDevice)
	if w := upload(asDevice, paper); w.Code != 204 {
		t.Fatalf("the owner: %d %s", w.Code, w.Body)
	}
	put(request("01938a5e-7c00-7000-8000-0000000000bb", deviceB), asDeviceB)
	if w := upload(asDeviceB, make([]byte, len(paper))); w.Code != 422 {
		t.Errorf("another content under the same digest: %d %s", w.Code, w.Body)
	}
	if w := d.ask("GET", portal.BlobPath(digest), "", asDeviceB); w.Code == 200 || bytes.Contains(w.Body.Bytes(), paper[:12]) {
		t.Errorf("the other computer reads the paper: %d", w.Code)
	}
	if w := d.ask("GET", portal.BlobPath(digest), "", asDevice); w.Code != 200 || !bytes.Equal(w.Body.Bytes(), paper) {
		t.Errorf("the owner's paper: %d", w.Code)
	}
	if w := upload(asDeviceB, paper); w.Code != 204 {
		t.Errorf("the same paper from somebody who has it: %d %s", w.Code, w.Body)
	}
}
