// Shows the OpenAPI document with the reader that the django-ninja package carries.
const { document: url, csrf } = document.body.dataset;

window.SwaggerUIBundle({
  url,
  dom_id: "#reference",
  layout: "BaseLayout",
  deepLinking: true,
  validatorUrl: null,
  presets: [window.SwaggerUIBundle.presets.apis],
  requestInterceptor(request) {
    request.headers["X-CSRFToken"] = csrf;
    return request;
  },
});
