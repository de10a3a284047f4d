// A file of its own: the Content-Security-Policy allows no inline scripts.
SwaggerUIBundle({
  url: "../openapi.yaml",
  dom_id: "#swagger-ui",
  deepLinking: true,
  displayRequestDuration: true,
  presets: [SwaggerUIBundle.presets.apis],
  // no badge of an external validator
  validatorUrl: null
});
