package money_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/shangyuntong/shangyun/survey/money"
)

type claim struct {
	Amount  money.Fen  `json:"amount"`
	Rate    money.Rate `json:"rate"`
	Unknown *money.Fen `json:"unknown"`
}

func TestJSONCarriesDecimalStrings(t *testing.T) {
	want := claim{Amount: 30000050, Rate: 2000}
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(data); got != `{"amount":"300000.50","rate":"0.20","unknown":null}` {
		t.Errorf("got %s", got)
	}
	var got claim
	if err := json.Unmarshal(data, &got); err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}

func TestJSONRefusesNumbersAndLooseText(t *testing.T) {
	for _, data := range []string{
		`{"amount":300000.50}`, `{"amount":5}`, `{"amount":null}`, `{"amount":""}`, `{"amount":"300,000.50"}`, `{"amount":"30万"}`,
		`{"amount":" 5"}`, `{"amount":"05"}`, `{"amount":"+5"}`, `{"amount":"1.234"}`, `{"amount":"5."}`, `{"amount":".5"}`,
		`{"amount":"1e5"}`, `{"amount":"10000000000000.00"}`, `{"amount":true}`, `{"amount":{}}`,
		`{"rate":0.2}`, `{"rate":"20%"}`, `{"rate":"20"}`, `{"rate":null}`, `{"rate":"-0.1"}`, `{"rate":"0.00001"}`,
	} {
		var got claim
		if err := json.Unmarshal([]byte(data), &got); err == nil {
			t.Errorf("Unmarshal(%s) = %+v, want an error", data, got)
		}
	}
}

func FuzzUnmarshalFen(f *testing.F) {
	for _, seed := range []string{`"300000.50"`, `"-0.01"`, `"0"`, `5`, `null`, `"\u0031"`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var got, back money.Fen
		if json.Unmarshal(data, &got) != nil {
			return
		}
		again, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(again, &back); err != nil || back != got {
			t.Errorf("%s: got %s, back %s, %v", data, got, back, err)
		}
	})
}

func TestFileErrorsNameTheFormThatFilesHold(t *testing.T) {
	var (
		amount money.Fen
		rate   money.Rate
	)
	for text, reason := range map[string]error{"30万": money.ErrDecimal, "": money.ErrEmpty, "1.234": money.ErrPrecision, "10000000000000": money.ErrRange} {
		if err := amount.UnmarshalText([]byte(text)); !errors.Is(err, reason) || amount != 0 {
			t.Errorf("amount %q: %v, want %v", text, err, reason)
		}
	}
	for text, reason := range map[string]error{"20%": money.ErrDecimal, "": money.ErrDecimal, "0.00001": money.ErrDecimal, "20": money.ErrRate} {
		if err := rate.UnmarshalText([]byte(text)); !errors.Is(err, reason) || rate != 0 {
			t.Errorf("rate %q: %v, want %v", text, err, reason)
		}
	}
}
