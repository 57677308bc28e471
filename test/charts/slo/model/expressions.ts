/** What our parser takes, and Prometheus' own as well. */
export const ACCEPTED = [
  "up",
  'sum by (code) (rate(http_requests_total{job=~"a|b"}[5m])) or vector(0)',
  "sum_over_time(sum(up)[1h:5m]) / 2",
  "max_over_time((up[5m] offset 1h))",
  "quantile_over_time(0.9, up[1h])",
  "histogram_fraction(0, 0.3, sum(increase(seconds[5m])))",
  'up{path="/#"} # a comment',
];

/** What our parser refuses and why; Prometheus' own refuses it as well. */
export const REFUSED = [
  ["", "is not PromQL: it is empty"],
  ["sum(rate(x[5m])", "is not PromQL: it ends where more has to follow: something is not closed or not complete"],
  ['x{a="b"} 5', 'is not PromQL: unexpected "5" at character 10'],
  ["rate(x[5m]))", 'is not PromQL: unexpected ")" at character 12'],
  ["sum(\n  x{a=b}\n)", 'is not PromQL: unexpected "b}\\n)" at line 2, character 7'],
  ["rates(requests_total[5m])", 'is not PromQL: unexpected "(requests_total[5m])" at character 6'],
  ["sum(rate(x))", "has no range in rate() at character 5; write for example rate(requests_total[5m])"],
  ["sum(x[5m])", "has a range at character 5 where single values are needed; put it into increase() or another function of a range"],
  ["{}", "selects every series there is at character 1; name a metric"],
] as const;
