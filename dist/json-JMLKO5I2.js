import{printedJson,renderJson}from"./chunk-WKMQD3FS.js";import"./chunk-R27YSW4J.js";import"./chunk-AKMKOLEN.js";import"./chunk-USTLRE5J.js";export{printedJson,renderJson};
