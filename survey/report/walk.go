package report

// each hands every printed text over.
func (r *Report) each(do func(*string)) {
	do(&r.Title)
	do(&r.Firm)
	do(&r.Number)
	for i := range r.Cover {
		do(&r.Cover[i].Name)
		do(&r.Cover[i].Value)
	}
	for i := range r.Chapters {
		do(&r.Chapters[i].Title)
		for j := range r.Chapters[i].Blocks {
			r.Chapters[i].Blocks[j].each(do)
		}
	}
}

func (b *Block) each(do func(*string)) {
	list := func(s []string) {
		for i := range s {
			do(&s[i])
		}
	}
	do(&b.Title)
	do(&b.Source)
	list(b.Text)
	list(b.Signs)
	for i := range b.List {
		do(&b.List[i].Head)
		do(&b.List[i].Text)
	}
	if t := b.Table; t != nil {
		list(t.Columns)
		for _, r := range t.Rows {
			list(r)
		}
		do(&t.More)
	}
	for i := range b.Cards {
		do(&b.Cards[i].Label)
		do(&b.Cards[i].Value)
		do(&b.Cards[i].Note)
	}
	for i := range b.Radar {
		do(&b.Radar[i].Name)
	}
	for i := range b.Bars {
		do(&b.Bars[i].Name)
		do(&b.Bars[i].Words)
	}
	if b.Path != nil {
		list(b.Path.Names)
	}
	if b.Net != nil {
		for i := range b.Net.Layers {
			l := &b.Net.Layers[i]
			do(&l.Name)
			for j := range l.Boxes {
				do(&l.Boxes[j].Head)
				do(&l.Boxes[j].Text)
			}
		}
	}
	for i := range b.Phases {
		do(&b.Phases[i].Name)
		do(&b.Phases[i].Money)
		list(b.Phases[i].Items)
	}
}

// Texts lists every text that the report prints, in order: what a drawing has to contain.
func (r *Report) Texts() []string {
	var out []string
	r.each(func(s *string) {
		if *s != "" {
			out = append(out, *s)
		}
	})
	return out
}
