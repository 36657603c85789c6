import '/webapps/drawbridge.js';

export default {
  app: { name: 'Cockpit', vendor: 'Drawbridge' },
  dateFormat: { normal: 'LLL', long: 'LLLL' },
  disableWelcomeMessage: true,
  csrfCookieName: 'XSRF-TOKEN',
};
