using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bot.Web.Playground.Store.Migrations;

/// <summary>People, channels, messages, open forms, what was read, and the clock.</summary>
[DbContext(typeof(PlaygroundDb))]
[Migration("20261122090000_First")]
public sealed class First : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Playground_People",
            columns => new
            {
                Id = columns.Column<string>("TEXT"),
                Name = columns.Column<string>("TEXT"),
                TimeZone = columns.Column<string>("TEXT"),
                IsAdmin = columns.Column<bool>("INTEGER"),
                AddedAt = columns.Column<long>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("PK_Playground_People", row => row.Id));

        migrationBuilder.CreateTable(
            "Playground_Channels",
            columns => new
            {
                Id = columns.Column<string>("TEXT"),
                Name = columns.Column<string>("TEXT"),
                AddedAt = columns.Column<long>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("PK_Playground_Channels", row => row.Id));
        migrationBuilder.CreateIndex("IX_Playground_Channels_Name", "Playground_Channels", "Name", unique: true);

        migrationBuilder.CreateTable(
            "Playground_Messages",
            columns => new
            {
                Id = columns.Column<long>("INTEGER").Annotation("Sqlite:Autoincrement", true),
                ConversationId = columns.Column<string>("TEXT"),
                ThreadId = columns.Column<long>("INTEGER", nullable: true),
                FromId = columns.Column<string>("TEXT", nullable: true),
                VisibleTo = columns.Column<string>("TEXT", nullable: true),
                Text = columns.Column<string>("TEXT"),
                CardName = columns.Column<string>("TEXT", nullable: true),
                CardJson = columns.Column<string>("TEXT", nullable: true),
                Key = columns.Column<string>("TEXT", nullable: true),
                PostedAt = columns.Column<long>("INTEGER"),
                EditedAt = columns.Column<long>("INTEGER", nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Playground_Messages", row => row.Id));
        migrationBuilder.CreateIndex("IX_Playground_Messages_Key", "Playground_Messages", "Key", unique: true);
        migrationBuilder.CreateIndex(
            "IX_Playground_Messages_ConversationId_ThreadId_Id", "Playground_Messages", ["ConversationId", "ThreadId", "Id"]);

        migrationBuilder.CreateTable(
            "Playground_Forms",
            columns => new
            {
                Id = columns.Column<string>("TEXT"),
                PersonId = columns.Column<string>("TEXT"),
                ConversationId = columns.Column<string>("TEXT"),
                ThreadId = columns.Column<long>("INTEGER", nullable: true),
                OnMessageId = columns.Column<long>("INTEGER", nullable: true),
                Name = columns.Column<string>("TEXT"),
                Key = columns.Column<string>("TEXT"),
                Title = columns.Column<string>("TEXT"),
                CardJson = columns.Column<string>("TEXT"),
                Typed = columns.Column<string>("TEXT", nullable: true),
                Errors = columns.Column<string>("TEXT", nullable: true),
                Revision = columns.Column<int>("INTEGER"),
                OpenedAt = columns.Column<long>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("PK_Playground_Forms", row => row.Id));
        migrationBuilder.CreateIndex("IX_Playground_Forms_PersonId_Name_Key", "Playground_Forms", ["PersonId", "Name", "Key"]);

        migrationBuilder.CreateTable(
            "Playground_Reads",
            columns => new
            {
                PersonId = columns.Column<string>("TEXT"),
                ConversationId = columns.Column<string>("TEXT"),
                MessageId = columns.Column<long>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("PK_Playground_Reads", row => new { row.PersonId, row.ConversationId }));

        migrationBuilder.CreateTable(
            "Playground_Clock",
            columns => new
            {
                Id = columns.Column<int>("INTEGER"),
                AheadMilliseconds = columns.Column<long>("INTEGER"),
                NotBefore = columns.Column<long>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("PK_Playground_Clock", row => row.Id));
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in new[] { "People", "Channels", "Messages", "Forms", "Reads", "Clock" })
        {
            migrationBuilder.DropTable("Playground_" + table);
        }
    }
}
