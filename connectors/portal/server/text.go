package server

import "encoding/json"

// english holds the console's Chinese texts with their English; a test demands every text that a page shows.
var english = func() map[string]string {
	b, err := web.ReadFile("web/en.json")
	if err != nil {
		panic(err) // it is embedded
	}
	var m map[string]string
	if err := json.Unmarshal(b, &m); err != nil {
		panic(err)
	}
	return m
}()

// say gives a Chinese text in a language; one without a translation stays as it is.
func say(lang, zh string) string {
	if lang == "en" {
		if w, ok := english[zh]; ok {
			return w
		}
	}
	return zh
}
