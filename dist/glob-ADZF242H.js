import{matchesGlob}from"./chunk-2UW4XAMR.js";import"./chunk-USTLRE5J.js";export{matchesGlob};
