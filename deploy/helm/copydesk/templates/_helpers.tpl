{{- define "copydesk.labels" -}}
app.kubernetes.io/name: copydesk
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .stage }}
{{- end }}
{{- define "copydesk.fullname" -}}
{{ .root.Release.Name }}-copydesk-{{ .stage }}
{{- end }}
{{- /* A value of the configuration file: no 1e+06 for a million, quotes where the file's syntax needs them. */ -}}
{{- define "copydesk.value" -}}
{{- if and (kindIs "float64" .) (eq (float64 (int64 .)) .) -}}{{ int64 . }}
{{- else if and (kindIs "string" .) (regexMatch `[#"\\]|^\s|\s$` .) -}}{{ quote . }}
{{- else -}}{{ . }}
{{- end -}}
{{- end }}
{{- define "copydesk.config" -}}
kafka.bootstrap.servers = {{ .root.Values.kafka.bootstrapServers }}
{{- range $key, $value := .root.Values.kafka.settings }}
kafka.{{ $key }} = {{ include "copydesk.value" $value }}
{{- end }}
topic.in = {{ .values.topic }}
group = {{ .values.group }}
http = 0.0.0.0:9108
index.snapshots = /var/lib/copydesk
{{- range $key, $value := merge (deepCopy .values.settings) .root.Values.settings }}
{{ $key }} = {{ include "copydesk.value" $value }}
{{- end }}
{{- end }}
