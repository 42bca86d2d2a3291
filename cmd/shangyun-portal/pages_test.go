package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestShots(t *testing.T) {
	chromium := peers(t)
	data := demo(t)
	r := serve(t, data)
	others(t, r, data)
	b := browse(t, chromium, r.address)
	for _, w := range []int64{1440, 390} {
		for _, scheme := range []string{"light", "dark"} {
			h := int64(900)
			if w < 400 {
				h = 844
			}
			b.run(look(w, h, scheme), chromedp.Navigate(r.address+"/"))
			b.picture(fmt.Sprintf("list-%d-%s", w, scheme))
			b.run(chromedp.Click(chromedp.Search(`//a[contains(., '恒硬')]`)), chromedp.WaitVisible(chromedp.CSS(".back")))
			b.picture(fmt.Sprintf("request-%d-%s", w, scheme))
		}
	}
	b.quiet()
}
