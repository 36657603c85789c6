// Tells the server in which zone this browser is, so that times are told on its clock; an account may choose another.
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) {
    const secure = location.protocol === 'https:' ? '; secure' : '';
    document.cookie = 'DRAWBRIDGE-ZONE=' + zone + '; path=/; max-age=31536000; samesite=lax' + secure;
  }
})();
