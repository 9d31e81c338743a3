using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bot.Store.Migrations;

/// <summary>An index that holds all that the figures of past weeks are made of.</summary>
[DbContext(typeof(BotDb))]
[Migration("20261123120000_FiguresOfPastWeeks")]
public sealed class FiguresOfPastWeeks : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Script.Of<FiguresOfPastWeeks>(ActiveProvider));
}
