/** The product as its users meet it: the packaged gateway, real ssh, scp and sftp, and nothing else of its insides. */
@org.jspecify.annotations.NullMarked
package io.sallyport.e2e.door;
