using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bot.Teams.Addresses.Store;

/// <summary>Conversations and people.</summary>
[DbContext(typeof(TeamsDb))]
[Migration("20261128090000_First")]
public sealed class First : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Teams_Conversations",
            columns => new
            {
                TenantId = columns.Column<string>("TEXT"),
                ConversationId = columns.Column<string>("TEXT"),
                ServiceUrl = columns.Column<string>("TEXT"),
                Kind = columns.Column<string>("TEXT"),
                TeamId = columns.Column<string>("TEXT", nullable: true),
                ChannelId = columns.Column<string>("TEXT", nullable: true),
                BotId = columns.Column<string>("TEXT"),
                State = columns.Column<string>("TEXT"),
                SeenAt = columns.Column<long>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("PK_Teams_Conversations", row => new { row.TenantId, row.ConversationId }));
        migrationBuilder.CreateTable(
            "Teams_People",
            columns => new
            {
                TenantId = columns.Column<string>("TEXT"),
                UserId = columns.Column<string>("TEXT"),
                AadObjectId = columns.Column<string>("TEXT", nullable: true),
                Name = columns.Column<string>("TEXT", nullable: true),
                PrincipalName = columns.Column<string>("TEXT", nullable: true),
                TimeZone = columns.Column<string>("TEXT", nullable: true),
                Locale = columns.Column<string>("TEXT", nullable: true),
                ChatId = columns.Column<string>("TEXT", nullable: true),
                MetIn = columns.Column<string>("TEXT"),
                SeenAt = columns.Column<long>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("PK_Teams_People", row => new { row.TenantId, row.UserId }));
        migrationBuilder.CreateIndex("IX_Teams_Conversations_TenantId_SeenAt", "Teams_Conversations", ["TenantId", "SeenAt"]);
        migrationBuilder.CreateIndex("IX_Teams_People_TenantId_AadObjectId", "Teams_People", ["TenantId", "AadObjectId"], unique: true);
    }
}
