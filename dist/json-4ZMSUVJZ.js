import{printedJson,renderJson}from"./chunk-HESQ2B2G.js";import"./chunk-PA4QAKWB.js";import"./chunk-USTLRE5J.js";export{printedJson,renderJson};
