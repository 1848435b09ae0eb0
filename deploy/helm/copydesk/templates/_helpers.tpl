{{- define "copydesk.labels" -}}
app.kubernetes.io/name: copydesk
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .stage }}
{{- end }}
{{- define "copydesk.fullname" -}}
{{ .root.Release.Name }}-copydesk-{{ .stage }}
{{- end }}
