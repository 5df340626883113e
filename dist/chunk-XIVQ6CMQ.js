import{RunEnded}from"./chunk-PSGGCUB6.js";var DatabaseGone=class extends RunEnded{constructor(){super("the database is gone"),this.name="DatabaseGone"}};export{DatabaseGone};
