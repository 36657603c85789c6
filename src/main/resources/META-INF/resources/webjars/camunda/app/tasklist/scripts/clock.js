// Tasklist's own dates on the reader's clock, worded as in the forms. It starts once that clock is read.
const { clockIsRead, moment, offset } = window.drawbridge;

/** The moment of what Tasklist has; none where it names no zone, as a date that somebody has typed. */
function millisOf(date) {
  if (typeof date === 'number' || date instanceof Date) {
    return Number(date);
  }
  return /T.*(Z|[+-]\d\d:?\d\d)$/.test(date) ? Date.parse(date.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) : NaN;
}

window.angular.module('cam.commons.filter.date').config([
  '$provide',
  ($provide) => {
    $provide.decorator('camDateFilter', [
      '$delegate',
      '$filter',
      (theirs, $filter) => (date, form) => {
        const millis = millisOf(date);
        if (!millis) {
          return theirs(date, form);
        }
        const part = { day: 'dd', monthName: 'MMMM' }[form];
        return part ? $filter('date')(millis, part) : moment(millis);
      },
    ]);
    $provide.decorator('dateFilter', [
      '$delegate',
      (theirs) => (date, form, zone) => {
        const millis = zone ? NaN : millisOf(date);
        return theirs(date, form, millis ? offset(millis) : zone);
      },
    ]);
  },
]);

await clockIsRead;
