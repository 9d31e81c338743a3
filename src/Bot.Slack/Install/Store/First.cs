using Bot.Store;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bot.Slack.Install.Store;

/// <summary>Installations, the workspaces of organisations, and what was begun.</summary>
[DbContext(typeof(SlackDb))]
[Migration("20261124090000_First")]
public sealed class First : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Script.Of<First>(ActiveProvider));
}
