import{importRuleModules}from"./chunk-U2PQTO5V.js";import"./chunk-MATLCSV6.js";import"./chunk-USTLRE5J.js";export{importRuleModules};
