// A relay as one writes it in Go: for every connection one back, and io.Copy both ways, which uses
// splice(2) between TCP sockets on Linux. FRONT_PORT and BACK_PORT come from the environment.
package main

import (
	"io"
	"log"
	"net"
	"os"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Getenv("FRONT_PORT"))
	if err != nil {
		log.Fatal(err)
	}
	back := "127.0.0.1:" + os.Getenv("BACK_PORT")
	for {
		front, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go join(front.(*net.TCPConn), back)
	}
}

func join(front *net.TCPConn, address string) {
	defer front.Close()
	connection, err := net.Dial("tcp", address)
	if err != nil {
		log.Print(err)
		return
	}
	back := connection.(*net.TCPConn)
	defer back.Close()
	done := make(chan struct{})
	go func() {
		defer close(done)
		forward(front, back)
	}()
	forward(back, front)
	<-done
}

// Passes on what comes, and then its end. What breaks one way ends both.
func forward(source, sink *net.TCPConn) {
	if _, err := io.Copy(sink, source); err != nil {
		source.Close()
		sink.Close()
		return
	}
	// It fails where the other way has ended both.
	_ = sink.CloseWrite()
}
