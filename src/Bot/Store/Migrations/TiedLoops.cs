using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bot.Store.Migrations;

/// <summary>Loops of two workspaces that follow the same initiative, and by what people in both are recognised.</summary>
[DbContext(typeof(BotDb))]
[Migration("20261128170000_TiedLoops")]
public sealed class TiedLoops : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Script.Of<TiedLoops>(ActiveProvider));
}
