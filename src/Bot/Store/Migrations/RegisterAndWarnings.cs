using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bot.Store.Migrations;

/// <summary>The register of initiatives, what monitors report, and the warnings.</summary>
[DbContext(typeof(BotDb))]
[Migration("20261123000000_RegisterAndWarnings")]
public sealed class RegisterAndWarnings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Script.Of<RegisterAndWarnings>(ActiveProvider));
}
