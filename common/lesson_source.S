/* lesson_source.S - a lesson's source text as data; see lesson_source.h. */
    .section .rodata
    .global lesson_source_name
lesson_source_name:
    .asciz SOURCE_NAME
    .global lesson_source_text
lesson_source_text:
    .incbin SOURCE_FILE
    .byte 0
    .section .note.GNU-stack, "", %progbits
