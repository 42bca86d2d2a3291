package server

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// metrics are what the portal tells of itself: numbers only, never whose request it was.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	running  prometheus.Gauge
}

func newMetrics(s *Server) metrics {
	m := metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "shangyun_portal_http_requests_total", Help: "Answered HTTP requests by operation and status."}, []string{"operation", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "shangyun_portal_http_seconds", Help: "Time to answer by operation.",
			Buckets: []float64{.002, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 60}}, []string{"operation"}),
		running: prometheus.NewGauge(prometheus.GaugeOpts{Name: "shangyun_portal_http_running", Help: "HTTP requests being answered."}),
	}
	m.registry.MustRegister(m.requests, m.seconds, m.running, &stock{s}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Metrics gives the numbers in Prometheus' text form. It asks for no right: whoever mounts it decides who reaches it.
func (s *Server) Metrics() http.Handler {
	return promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError})
}

// watched remembers the status of an answer.
type watched struct {
	http.ResponseWriter
	status int
}

func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// WriteHeader notes the first status that ends the request.
func (w *watched) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// begin counts a request; the caller calls what comes back when it is answered.
func (m metrics) begin(w http.ResponseWriter) (http.ResponseWriter, func(*http.Request)) {
	since, seen := time.Now(), &watched{ResponseWriter: w}
	m.running.Inc()
	return seen, func(r *http.Request) {
		operation := r.Pattern // the pattern, not the path: no id gets into a label
		if operation == "" {
			operation = "none"
		}
		if seen.status == 0 {
			seen.status = http.StatusOK
		}
		m.running.Dec()
		m.requests.WithLabelValues(operation, strconv.Itoa(seen.status)).Inc()
		m.seconds.WithLabelValues(operation).Observe(time.Since(since).Seconds())
	}
}

// stock asks the store when it is asked itself.
type stock struct{ s *Server }

var (
	descRequests   = prometheus.NewDesc("shangyun_portal_requests", "Requests by state.", []string{"state"}, nil)
	descDeliveries = prometheus.NewDesc("shangyun_portal_deliveries", "Webhook deliveries that wait or were given up.", []string{"state"}, nil)
	descReady      = prometheus.NewDesc("shangyun_portal_ready", "1 when the database and the blobs can be reached and the portal is not ending.", nil, nil)
	descChain      = prometheus.NewDesc("shangyun_portal_audit_chain_good", "1 when the audit chain held at the last check, 0 when it did not; absent before the first.", nil, nil)
)

// Describe names what Collect gives.
func (c *stock) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{descRequests, descDeliveries, descReady, descChain} {
		to <- d
	}
}

// Collect asks the store, at most five seconds long; what it does not answer is left out.
func (c *stock) Collect(to chan<- prometheus.Metric) {
	ctx, stop := context.WithTimeout(context.Background(), readyTime)
	defer stop()
	gauge := func(d *prometheus.Desc, n float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, n, labels...)
	}
	ready := 0.0
	if c.s.Store.Ready(ctx) == nil && !c.s.ending.Load() {
		ready = 1
	}
	gauge(descReady, ready)
	if chain := c.s.chain.now(); !chain.At.IsZero() {
		gauge(descChain, map[bool]float64{true: 1}[chain.Good])
	}
	if counts, err := c.s.Store.Counts(ctx, inbox.Who{Role: inbox.RoleAdmin}, inbox.Query{}); err == nil {
		for _, state := range slices.Sorted(maps.Keys(submit.Portal)) {
			if state != "" {
				gauge(descRequests, float64(counts[state]), string(state))
			}
		}
	}
	if hooks, err := c.s.Store.Hooks(ctx); err == nil {
		var waiting, dead int
		for _, h := range hooks {
			waiting, dead = waiting+h.Waiting, dead+h.Dead
		}
		gauge(descDeliveries, float64(waiting), inbox.DeliveryWaiting)
		gauge(descDeliveries, float64(dead), inbox.DeliveryDead)
	}
}
