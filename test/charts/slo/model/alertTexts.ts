/** Texts of alerts that our check takes, and Prometheus as well. */
export const ACCEPTED_TEXTS = [
  "plain } text",
  "{{ $value }} of {{$labels.code}}",
  "{{ $value | humanizePercentage }}",
  '{{- printf "%.2f" $value -}}',
  '{{ $labels.code | reReplaceAll "5(.*)" "$1" | toUpper }}',
  '{{ query "up" | first | value }}',
  '{{ "{{" }}',
  "{{ `}}` }}",
  "https://runbooks.example/{{$labels.slo}}",
];

/** Texts that our check refuses and why; Prometheus refuses the whole file. */
export const REFUSED_TEXTS = [
  ["{{ $value", 'opens a template with {{ that is not closed; close it with }}, or write {{ "{{" }}'],
  ["{{ $value | humanise }}", "has the template {{ $value | humanise }}, in which humanise is nothing that is known here"],
  ["{{ $vale }}", "has the template {{ $vale }}, in which $vale is nothing that is known here"],
  ["{{ }}", "has the template {{ }}, which says nothing"],
  ["{{ if $value }}", "has the template {{ if $value }}, in which if is nothing that is known here"],
  ['{{ "a }}', 'opens a template with {{ that is not closed; close it with }}, or write {{ "{{" }}'],
] as const;

/** What Prometheus would load, and ours refuse: it is not understood here, or would fail as the alert fires. */
export const TEXTS_REFUSED_BY_US_ALONE = ["{{ $value | }}", "{{ if $value }}x{{ end }}", "{{ $value 5 }}"];
