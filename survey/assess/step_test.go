package assess_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

func TestStepsCarryNeeds(t *testing.T) {
	a := run(t, plant(60, 33, 21))
	for key, want := range map[string]string{
		"network:4": "connect +1.5", "digitise:4": "digitise +1.5", "data:energy": "data:energy +0.7", "data:hr": "data:hr +0.9", "item:Q6:C": "net-security +1.25",
		"item:Q7:C": "data-security +1.25", "item:Q1:C": "app-net +2", "item:Q1:D": "5g-net +2", "item:Q1:B": "control-net +2", "item:Q10:D": "training +1.5", "item:Q9:B": " +1.875",
		"scene:quality:1": " +0", "scene:quality:2": "scene:quality +2.5", "scene:office:2": "scene:office +0", "scene:quality:3": "integrate:quality +2.5", "scene:quality:4": "ai:quality +2.5",
	} {
		s, ok := step(a, key)
		if got := s.Need + " +" + s.Points.String(); !ok || got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
	for _, key := range []string{"item:Q1:E", "item:Q11:B", "item:Q12:C", "data:office"} {
		if s, ok := step(a, key); ok {
			t.Errorf("%+v must not be offered", s)
		}
	}
}

// Doing what a step says to the register gives what the step promised.
func TestStepPromisesHold(t *testing.T) {
	q := edition(t)
	r := rand.New(rand.NewPCG(5, 5))
	for range 300 {
		all := r.IntN(80) + 1
		c := plant(all, r.IntN(all+1), r.IntN(all+1))
		a := assess.Run(q, c)
		networked := a.Rates.Networked
		for _, s := range a.Steps {
			if !strings.HasPrefix(s.Key, "network:") {
				continue
			}
			done := assess.Run(q, plant(all, a.Rates.Digital, networked+s.Machines))
			if done.Score != a.Score+s.Points || assess.After(q, &a, []assess.Step{s}).Score != done.Score {
				t.Fatalf("%s of %d/%d promises %s, gives %s", s.Key, networked, all, s.Points, done.Score-a.Score)
			}
		}
	}
}

func TestSceneStepsDoNotAddOneLinkTwice(t *testing.T) {
	q := edition(t)
	a := assess.Run(q, &survey.Case{})
	var steps []assess.Step
	want := []string{"2.5", "5", "5", "5", "5", "5", "5", "5", "5", "5", "5", "7.5", "7.5", "10", "10", "10"}
	for i, key := range sceneKeys {
		s, ok := step(a, "scene:"+key+":2")
		if !ok {
			t.Fatalf("no step for %s", key)
		}
		steps = append(steps, s, s)
		o := assess.After(q, &a, steps)
		if o.Score.String() != want[i] || o.Ladder[1].HaveScenes != i+1 {
			t.Errorf("after %d scenes: %s points, %d scenes; want %s", i+1, o.Score, o.Ladder[1].HaveScenes, want[i])
		}
	}
}

// Every step of a random case: alone it brings exactly its points, and all together never lower anything or pass 100.
func TestOutlookAgreesWithSteps(t *testing.T) {
	q := edition(t)
	r := rand.New(rand.NewPCG(11, 4))
	for n := range 300 {
		a := assess.Run(q, randomCase(r))
		if o := assess.After(q, &a, nil); o.Score != a.Score || o.Level != a.Level {
			t.Fatalf("case %d: doing nothing changes %s to %s", n, a.Score, o.Score)
		}
		seen := map[string]bool{}
		for _, s := range a.Steps {
			if o := assess.After(q, &a, []assess.Step{s}); o.Score != a.Score+s.Points || seen[s.Key] || s.Points < 0 {
				t.Fatalf("case %d: %+v gives %s from %s", n, s, o.Score, a.Score)
			}
			seen[s.Key] = true
		}
		if o := assess.After(q, &a, a.Steps); o.Score > assess.Full || o.Score < a.Score || o.Level < a.Level {
			t.Fatalf("case %d: all steps together give %s, level %d", n, o.Score, o.Level)
		}
	}
}

// Raising the score alone never passes a level whose scene counters fail.
func TestPointsAloneNeverPassALevel(t *testing.T) {
	q := edition(t)
	a := assess.Run(q, plant(60, 33, 21))
	var steps []assess.Step
	for _, s := range a.Steps {
		if len(s.Scenes) == 0 {
			steps = append(steps, s)
		}
	}
	if o := assess.After(q, &a, steps); o.Score < 40_000 || o.Level != 0 {
		t.Errorf("%s points without scenes: level %d, want 0", o.Score, o.Level)
	}
}

func TestPointsText(t *testing.T) {
	for p, want := range map[assess.Points]string{0: "0", 1875: "1.875", 47750: "47.75", 100_000: "100", -1500: "-1.5", 5: "0.005", 8000: "8"} {
		if p.String() != want {
			t.Errorf("%d prints %s, want %s", int64(p), p, want)
		}
		b, _ := json.Marshal(p)
		var back assess.Points
		if err := json.Unmarshal(b, &back); string(b) != `"`+want+`"` || err != nil || back != p {
			t.Errorf("JSON of %s is %s, back %s (%v)", want, b, back, err)
		}
	}
	for _, bad := range []string{"", ".", "1.", ".5", "1.8751", "100.001", "+1", "1e3", "١", " 1", "--1", "1.-5", "99999999999"} {
		var p assess.Points
		if err := p.UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("%q is read as %s", bad, p)
		}
	}
}

func FuzzPoints(f *testing.F) {
	f.Add("1.875")
	f.Add("-0")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := assess.ParsePoints(s)
		if err != nil {
			return
		}
		if back, err := assess.ParsePoints(p.String()); err != nil || back != p || p < 0 || p > assess.Full {
			t.Errorf("%q gives %s, read back %s (%v)", s, p, back, err)
		}
	})
}
