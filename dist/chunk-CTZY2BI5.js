var SEVERITIES=["error","warning","info"],CONFIDENCES=["high","medium","low"];export{SEVERITIES,CONFIDENCES};
