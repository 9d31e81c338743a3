using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bot.Store.Migrations;

/// <summary>Time zones that people chose themselves.</summary>
[DbContext(typeof(BotDb))]
[Migration("20261128000000_ChosenTimeZones")]
public sealed class ChosenTimeZones : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Script.Of<ChosenTimeZones>(ActiveProvider));
}
