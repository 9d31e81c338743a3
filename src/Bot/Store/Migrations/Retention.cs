using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bot.Store.Migrations;

/// <summary>Which weeks have lost their texts, and which workspaces are being deleted.</summary>
[DbContext(typeof(BotDb))]
[Migration("20261128120000_Retention")]
public sealed class Retention : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Script.Of<Retention>(ActiveProvider));
}
