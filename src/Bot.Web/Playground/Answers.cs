using Bot.Web.Playground.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bot.Web.Playground;

/// <summary>Pages that say one thing.</summary>
public static class Plain
{
    public static IResult NotFound() => Page(StatusCodes.Status404NotFound, "Not found", "There is nothing here: it never was, it is done, or it is not for you.");

    public static IResult Page(int status, string title, string text) =>
        new RazorComponentResult<PlainPage>(new { Title = title, Text = text }) { StatusCode = status };
}

/// <summary>Tells how a post continues: with the page again, so that a reload sends nothing twice.</summary>
public static class Then
{
    public static IResult Show(Place place, string? more = null) => new SeeOther(place.Url(more));

    public static IResult Show(string address) => new SeeOther(address);

    private sealed record SeeOther(string Address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = Address;
            return Task.CompletedTask;
        }
    }
}
