import '/webapps/drawbridge.js';

export default {
  app: { name: 'Tasklist', vendor: 'Drawbridge' },
  dateFormat: { normal: 'LLL', long: 'LLLL' },
  disableWelcomeMessage: true,
  csrfCookieName: 'XSRF-TOKEN',
};
