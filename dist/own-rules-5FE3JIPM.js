import{withOwnRules}from"./chunk-3VFYBLPI.js";import"./chunk-USTLRE5J.js";export{withOwnRules};
