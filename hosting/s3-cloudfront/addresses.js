/**
 * What CloudFront asks at each request: short addresses and pages that moved lead on, a folder is its index.html.
 *
 * For the runtime cloudfront-js-2.0, and written so that the older one takes it too: no module, no host, nothing but this text.
 * guide/hosts/cloudfront.py puts the guide's folder and its addresses in. WAYS: where each leads, as seen from the guide's folder;
 * 1 before it where it moved for good; # at its end for the heading that is called as the address ends.
 */
var BASE = '/';
var WAYS = {};

function handler(event) {
  var request = event.request;
  var path = request.uri;
  var asked = query(request.querystring);
  if (path.indexOf(BASE) !== 0) {
    return path === '/' || path + '/' === BASE ? leadTo(BASE + asked, path === '/' ? 302 : 301) : request;
  }
  var name = path.slice(BASE.length).replace(/\/$/, '');
  var way = Object.prototype.hasOwnProperty.call(WAYS, name) ? WAYS[name] : '';
  if (way) {
    var forGood = way.charAt(0) === '1';
    var cut = way.slice(forGood ? 1 : 0).split('#');
    var heading = cut.length > 1 ? '#' + (cut[1] || name.split('/').pop()) : '';
    return leadTo(BASE + cut[0] + asked + heading, forGood ? 301 : 302);
  }
  if (path.slice(-1) === '/') {
    request.uri = path + 'index.html';
  } else if (path.split('/').pop().indexOf('.') < 0) {
    /* Two strokes at its start, either way, would make a browser take the first folder for a host. */
    return leadTo(path.replace(/^[\/\\]+/, '/') + '/' + asked, 301);
  }
  return request;
}

function leadTo(address, status) {
  return { statusCode: status, statusDescription: status === 301 ? 'Moved Permanently' : 'Found', headers: { location: { value: address } } };
}

function query(given) {
  var parts = [];
  Object.keys(given || {}).forEach(function (key) {
    (given[key].multiValue || [given[key]]).forEach(function (each) {
      parts.push(each.value === '' ? key : key + '=' + each.value);
    });
  });
  return parts.length ? '?' + parts.join('&') : '';
}
