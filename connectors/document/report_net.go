package document

import "github.com/shangyuntong/shangyun/survey/report"

const netRow = 20.5

func netHigh(n *report.Net) float64 { return float64(len(n.Layers)) * netRow }

var tones = map[report.Tone][2]colour{ // fill, edge
	report.TonePlain: {{243, 244, 247}, {160, 167, 180}}, report.ToneGood: {{231, 246, 237}, good},
	report.ToneWarn: {{255, 247, 230}, amber}, report.ToneBad: {{253, 235, 236}, bad},
}

// net draws the layers from the cloud down to the machines; a line joins a box of the machines to its network.
func (d *drawing) net(n *report.Net) {
	d.room(netHigh(n))
	const label, gap, high = 24.0, 3.0, 13.0
	var above []float64 // middles of the boxes of the layer above
	for i, l := range n.Layers {
		top := d.y + float64(i)*netRow
		d.fill(band)
		d.pdf.RoundedRect(d.left, top, d.width, high+4, 1.6, "1234", "F")
		d.font(true, 9)
		d.ink(ink)
		d.text(d.left+3, top+9.8, l.Name)
		count := max(len(l.Boxes), 3)
		w := (d.width - label - 3 - gap*float64(count-1)) / float64(count)
		var middles []float64
		for j, b := range l.Boxes {
			x := d.left + label + float64(j)*(w+gap)
			t := tones[b.Tone]
			d.pen(t[1], 0.35)
			d.fill(t[0])
			if b.Link && j < len(above) {
				d.pdf.Line(x+w/2, top+2, above[j], top-netRow+high+2)
			}
			d.pdf.RoundedRect(x, top+2, w, high, 1.2, "1234", "FD")
			d.boxed(b, x, top+2, w, high)
			middles = append(middles, x+w/2)
		}
		above = middles
	}
	d.y += netHigh(n)
}

// boxed prints a box's words in the middle, smaller until they fit.
func (d *drawing) boxed(b report.Box, x, y, w, h float64) {
	head, text := 8.5, 7.5
	var heads, texts []string
	for {
		d.font(true, head)
		heads = wrap(b.Head, w-2, d.measure)
		used := float64(len(heads)) * d.line()
		d.font(false, text)
		texts = nil
		if b.Text != "" {
			texts = wrap(b.Text, w-2, d.measure)
		}
		used += float64(len(texts)) * d.line()
		if used <= h-1 || head < 3 {
			y += (h - used) / 2
			break
		}
		head, text = head*0.9, text*0.9
	}
	stack := func(lines []string) {
		for _, l := range lines {
			d.text(x+(w-d.length(l))/2, y+d.line()*0.74, l)
			y += d.line()
		}
	}
	d.font(true, head)
	d.ink(ink)
	stack(heads)
	d.font(false, text)
	d.ink(muted)
	stack(texts)
	d.ink(ink)
}
