/* The editor of queries: YASGUI asking this server, and nobody else. */
"use strict";
addEventListener("DOMContentLoaded", () => {
  const endpoint = new URL("/sparql", location.href).href;
  // Completion of names asks servers elsewhere; variables are completed from the query itself.
  Yasgui.Yasqe.defaults.autocompleters = ["variables"];
  Yasgui.Yasqe.defaults.value = document.getElementById("sample").textContent;
  window.yasgui = new Yasgui(document.getElementById("editor"), {
    requestConfig: { endpoint, method: "POST" },
    copyEndpointOnNewTab: true,
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    persistenceId: "kg",
  });
});
