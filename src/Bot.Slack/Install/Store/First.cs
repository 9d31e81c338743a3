using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bot.Slack.Install.Store;

/// <summary>Installations, the workspaces of organisations, what was begun, and who was told.</summary>
[DbContext(typeof(SlackDb))]
[Migration("20261124090000_First")]
public sealed class First : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Slack_Installations",
            columns => new
            {
                Id = columns.Column<string>("TEXT"),
                Token = columns.Column<string>("TEXT"),
                BotUserId = columns.Column<string>("TEXT"),
                AppId = columns.Column<string>("TEXT"),
                InstallerId = columns.Column<string>("TEXT"),
                Scopes = columns.Column<string>("TEXT"),
                InstalledAt = columns.Column<long>("INTEGER"),
                StoppedAt = columns.Column<long>("INTEGER", nullable: true),
                StoppedBecause = columns.Column<string>("TEXT", nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Slack_Installations", row => row.Id));
        migrationBuilder.CreateTable(
            "Slack_Teams",
            columns => new { TeamId = columns.Column<string>("TEXT"), EnterpriseId = columns.Column<string>("TEXT") },
            constraints: table => table.PrimaryKey("PK_Slack_Teams", row => row.TeamId));
        migrationBuilder.CreateTable(
            "Slack_Begun",
            columns => new
            {
                StateHash = columns.Column<string>("TEXT"),
                BrowserHash = columns.Column<string>("TEXT"),
                ExpiresAt = columns.Column<long>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("PK_Slack_Begun", row => row.StateHash));
        migrationBuilder.CreateTable(
            "Slack_Told",
            columns => new { TeamId = columns.Column<string>("TEXT"), ChannelId = columns.Column<string>("TEXT"), At = columns.Column<long>("INTEGER") },
            constraints: table => table.PrimaryKey("PK_Slack_Told", row => new { row.TeamId, row.ChannelId }));
    }
}
