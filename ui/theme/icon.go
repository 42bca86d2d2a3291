package theme

import (
	"bytes"
	"fmt"
	"sync"

	"fyne.io/fyne/v2"
)

var (
	iconLock sync.Mutex
	iconMade = map[string]fyne.Resource{}
)

// Icon is an icon of the theme in force, drawn in the colour of a token; nil when there is none of that name.
func Icon(name string, token fyne.ThemeColorName) fyne.Resource {
	l := inForce()
	if l == nil || l.opts.Icon == nil || name == "" {
		return nil
	}
	c := pick(token, l.opts.Dark)
	key := fmt.Sprintf("syt-%s-%02x%02x%02x.svg", name, c.R, c.G, c.B)
	iconLock.Lock()
	defer iconLock.Unlock()
	if res, ok := iconMade[key]; ok {
		return res
	}
	svg := l.opts.Icon(name)
	if len(svg) == 0 {
		return nil
	}
	hex := fmt.Appendf(nil, "#%02X%02X%02X", c.R, c.G, c.B)
	res := fyne.NewStaticResource(key, bytes.ReplaceAll(svg, []byte("currentColor"), hex))
	iconMade[key] = res
	return res
}
