import '/webapps/drawbridge.js';

export default {
  app: { name: 'Cockpit', vendor: 'Drawbridge' },
  dateFormat: { normal: 'ddd D MMM YYYY, HH:mm [UTC]Z', long: 'ddd D MMM YYYY, HH:mm [UTC]Z' },
  disableWelcomeMessage: true,
  csrfCookieName: 'XSRF-TOKEN',
};
