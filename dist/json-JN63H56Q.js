import{printedJson,renderJson}from"./chunk-4YBOAIUT.js";import"./chunk-PA4QAKWB.js";import"./chunk-USTLRE5J.js";export{printedJson,renderJson};
