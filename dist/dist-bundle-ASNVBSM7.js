import{VERSION,retry}from"./chunk-C7GGZG6L.js";import"./chunk-3A7KJK6B.js";import"./chunk-USTLRE5J.js";export{VERSION,retry};
