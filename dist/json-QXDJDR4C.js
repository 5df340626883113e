import{printedJson,renderJson}from"./chunk-327WRZCQ.js";import"./chunk-BTXGASAQ.js";import"./chunk-USTLRE5J.js";export{printedJson,renderJson};
