// Sets the reader's type size and colours before the page is first painted.
(function () {
  "use strict";
  try {
    for (const name of ["theme", "size"]) {
      const kept = localStorage.getItem("site-" + name);
      if (kept) document.documentElement.dataset[name] = kept;
    }
  } catch (refused) {
    // A browser that keeps nothing shows what it is set to.
  }
})();
